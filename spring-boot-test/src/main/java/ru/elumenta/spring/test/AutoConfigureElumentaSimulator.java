package ru.elumenta.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import ru.elumenta.contract.scenario.Plan;

/**
 * A test class whose Spring context has a simulator of the service: a bean of the type {@link
 * ru.elumenta.contract.ElumentaSimulator}, whose address and key are the properties {@code
 * elumenta.base-url} and {@code elumenta.api-key}, before all others.
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureElumentaSimulator
 * class PostersTest {
 *   @Autowired ElumentaSimulator service;
 *   …
 * }
 * }</pre>
 *
 * <p>There is one for each context that Spring keeps, from before its first bean until it is
 * closed, so that no bean ever knows a port that is gone. It forgets everything before each test
 * method; address and key stay. Tests that share a context share it: they cannot run side by side.
 * Works with Spring 6.2 and 7.0, Spring Boot 3.5 and 4.0.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AutoConfigureElumentaSimulator {
  /** The plan of the user. Default {@link Plan#VIP}, the lowest with API keys. */
  Plan plan() default Plan.VIP;

  /** The balance of the user before each test, in tokens. Default 1500. */
  long balance() default 1500;

  /** What decides keys, tokens and the length of jobs. Default 1. */
  long seed() default 1;
}
