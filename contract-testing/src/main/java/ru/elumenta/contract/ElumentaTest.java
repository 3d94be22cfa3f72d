package ru.elumenta.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class, or a method, with a simulator of its own for each test: {@link ElumentaExtension}
 * with all defaults.
 *
 * <pre>{@code
 * @ElumentaTest
 * class PosterTest {
 *   @Test
 *   void aPosterIsMade(ElumentaSimulator service, ElumentaClient elumenta) { … }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ElumentaExtension.class)
public @interface ElumentaTest {}
