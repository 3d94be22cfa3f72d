package ru.elumenta.spring.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Import;
import ru.elumenta.client.ElumentaClient;

/** The generated interfaces of the client without a name, be it the application's own. */
@AutoConfiguration(after = ElumentaAutoConfiguration.class)
@ConditionalOnBean(ElumentaClient.class)
@Import(GeneratedApiRegistrar.class)
public class ElumentaApiAutoConfiguration {}
