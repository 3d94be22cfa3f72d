package com.example.studio;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.LookUpResult;
import ru.elumenta.client.journal.OpenCall;

/** Looks for what an earlier process paid for and never got. Sends GETs only. */
@Component
class CallsOfThePast {
  private static final Logger LOG = LoggerFactory.getLogger(CallsOfThePast.class);

  private final ElumentaCalls elumenta;

  CallsOfThePast(ElumentaCalls elumenta) {
    this.elumenta = elumenta;
  }

  @EventListener(ApplicationReadyEvent.class)
  void lookUp() {
    for (OpenCall call : elumenta.openCalls()) {
      if (call.state() != OpenCall.State.UNDER_WAY) {
        LookUpResult result = elumenta.lookUp(call);
        if (result instanceof LookUpResult.Found found) {
          LOG.info("Found again: {}", found.job().id().orElseThrow());
        } else {
          LOG.warn("Still open: {}", result);
        }
      }
    }
  }
}
