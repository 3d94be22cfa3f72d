package ru.elumenta.spring.boot;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The properties of the client, and those of further ones by name. */
@ConfigurationProperties("elumenta")
public class ElumentaProperties extends ElumentaClientProperties {
  /**
   * Further clients by name. Each takes what it does not say from elumenta.*, but for key, session
   * and journal.
   */
  private final Map<String, ElumentaClientProperties> clients = new LinkedHashMap<>();

  public Map<String, ElumentaClientProperties> getClients() {
    return clients;
  }
}
