package ru.elumenta.spring.boot;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.core.env.Environment;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.session.Credentials;

/** A client of {@code elumenta.clients}, with a session and a journal of its own if it has them. */
final class NamedClient implements FactoryBean<ElumentaClient>, DisposableBean {
  private final ElumentaClient client;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>(); // the last first

  NamedClient(String name, Environment environment, ClientAssembly assembly) {
    String prefix = ClientNames.PREFIX + "." + name;
    ElumentaClientProperties properties = ClientNames.properties(environment, name);
    Credentials credentials = null;
    if (properties.getSession().isWanted()) {
      ElumentaSession session = assembly.session(prefix, properties, null);
      opened.push(session);
      credentials = LoginOnDemand.of(session, prefix, properties.getSession());
    }
    client =
        ClientAssembly.built(
            prefix, assembly.builder(prefix, name, properties, credentials, journal(properties)));
    opened.push(client);
  }

  private @Nullable CallJournal journal(ElumentaClientProperties properties) {
    if (properties.getJournal().getFile() == null) {
      return null;
    }
    FileCallJournal journal = FileCallJournal.at(properties.getJournal().getFile());
    opened.push(journal);
    return journal;
  }

  @Override
  public ElumentaClient getObject() {
    return client;
  }

  @Override
  public Class<?> getObjectType() {
    return ElumentaClient.class;
  }

  @Override
  public void destroy() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }
}
