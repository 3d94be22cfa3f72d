package ru.elumenta.micrometer;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import ru.elumenta.client.event.CallEnd;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.Charge;
import ru.elumenta.client.event.GenerationEnd;
import ru.elumenta.client.event.JobInfo;
import ru.elumenta.client.event.StreamInfo;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ModelUnavailableException;
import ru.elumenta.error.ProviderException;

/**
 * Which models have a name of their own in metrics. Names come from whoever calls the application,
 * and each makes a time series more; so a name counts only once the service has answered for it,
 * and only so many do. Thread-safe.
 */
final class ModelNames implements CallListener {
  static final String NONE = "none";
  static final String OTHER = "other";
  private static final int LONGEST = 100;

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final int most;

  ModelNames(int most, Collection<String> named) {
    this.most = Math.max(most, named.size());
    known.addAll(named);
  }

  /** Returns what a metric shows for a model. */
  String of(Optional<String> model) {
    return model.isEmpty() ? NONE : known.contains(model.get()) ? model.get() : OTHER;
  }

  private void learn(Optional<String> model) {
    model.ifPresent(this::learn);
  }

  private void learn(String model) {
    if (known.contains(model) || !isName(model)) {
      return;
    }
    synchronized (this) {
      if (known.size() < most) {
        known.add(model);
      }
    }
  }

  private static boolean isName(String model) {
    return !model.isBlank()
        && model.length() <= LONGEST
        && model.chars().noneMatch(Character::isISOControl);
  }

  private static boolean isAnsweredFor(Throwable failure) {
    return failure instanceof ModelUnavailableException || failure instanceof ProviderException;
  }

  @Override
  public void callEnded(CallInfo call, CallEnd end) {
    if (end.failure().isEmpty() || isAnsweredFor(end.failure().get())) {
      learn(call.model());
    }
  }

  @Override
  public void retryScheduled(CallInfo call, ElumentaException why, Duration wait) {
    if (isAnsweredFor(why)) {
      learn(call.model());
    }
  }

  @Override
  public void breakerOpened(String model, Duration pause) {
    learn(model); // for it was unavailable
  }

  @Override
  public void generationEnded(GenerationEnd end) {
    learn(end.model());
  }

  @Override
  public void charged(Charge charge) {
    learn(charge.model());
  }

  @Override
  public void jobStarted(JobInfo job) {
    learn(job.model());
  }

  @Override
  public void streamOpened(StreamInfo stream, Duration took) {
    learn(stream.model());
  }
}
