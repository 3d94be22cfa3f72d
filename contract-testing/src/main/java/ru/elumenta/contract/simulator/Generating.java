package ru.elumenta.contract.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ru.elumenta.contract.scenario.Dialect;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.FaultKind;
import ru.elumenta.contract.scenario.Plan;

/** The operations that make something, and that show it. */
final class Generating {
  private static final Set<String> OPTIONS =
      Set.of("size", "format", "quality", "duration", "temperature", "max_tokens");
  private static final Set<String> SOUNDS =
      Set.of("mp3", "mp4", "wav", "m4a", "ogg", "flac", "webm");
  private static final int MOST_BYTES_OF_SOUND = 25 << 20;
  private static final int LONGEST_PROMPT = 100_000;

  private final State state;

  Generating(State state) {
    this.state = state;
  }

  Answer create(Call call) {
    Map<String, Object> body = call.body();
    boolean isStream = Boolean.TRUE.equals(body.get("stream"));
    SimulatedGeneration made = accepted(call, body, isStream);
    return isStream
        ? EventStream.of(made, Dialect.SECOND, call)
        : Answer.json(made.toBody(state.dialect(), call.now(), state.files()));
  }

  Answer stream(Call call) {
    return EventStream.of(accepted(call, call.body(), true), state.dialect(), call);
  }

  Answer show(Call call) {
    return Answer.json(state.generation(call).toBody(state.dialect(), call.now(), state.files()));
  }

  private SimulatedGeneration accepted(Call call, Map<String, Object> body, boolean isStream) {
    for (String member : List.of("model", "prompt", "system", "text", "assistant_id")) {
      Call.optionalText(body, member);
    }
    Map<String, Object> options = options(body);
    SimulatedModel model =
        body.get("assistant_id") == null
            ? Catalog.model(Call.required(body, "model"))
            : Catalog.model("gpt-5");
    String input = input(body, model);
    model.check(options);
    if (isStream && !model.isText()) {
      throw Refusal.field("stream", "Model %s cannot stream".formatted(model.slug()));
    }
    return accepted(call, model, input, model.price(options), text(model, input), options);
  }

  private static Map<String, Object> options(Map<String, Object> body) {
    Map<String, Object> options = new LinkedHashMap<>();
    Object params = body.get("params");
    if (params != null && !(params instanceof Map)) {
      throw Refusal.field("params", "Input should be a valid dictionary");
    }
    if (params instanceof Map<?, ?> given) {
      given.forEach((name, value) -> options.put(name.toString(), value));
    }
    body.forEach(
        (name, value) -> {
          if (OPTIONS.contains(name)) {
            options.put(name, value);
          }
        });
    return options;
  }

  /** What it is to make something of: a prompt, the last message, or a text to speak. */
  private static String input(Map<String, Object> body, SimulatedModel model) {
    String input = null;
    if (body.get("prompt") instanceof String prompt) {
      input = prompt;
    } else if (body.get("messages") instanceof List<?> messages
        && !messages.isEmpty()
        && messages.get(messages.size() - 1) instanceof Map<?, ?> last) {
      input = String.valueOf(last.get("content"));
    } else if (body.get("text") instanceof String text) {
      input = text;
    }
    if (input == null || input.isBlank()) {
      throw Refusal.field(model.isText() ? "messages" : "prompt", "Field required");
    }
    if (input.length() > LONGEST_PROMPT) {
      throw Refusal.field("prompt", "Value has more than %d characters".formatted(LONGEST_PROMPT));
    }
    return input;
  }

  static String text(SimulatedModel model, String input) {
    return model.isText() ? "A simulated answer to: " + input : null;
  }

  /** From here on it costs. */
  private SimulatedGeneration accepted(
      Call call,
      SimulatedModel model,
      String input,
      long price,
      String text,
      Map<String, Object> options) {
    Account account = call.account();
    account.windows.check(account.plan, call.now());
    if (account.plan == Plan.FREE && model.minPlan().equals("basic")) {
      throw Refusal.plan("Model %s requires the Basic plan".formatted(model.slug()));
    }
    if (account.balance < price) {
      throw Refusal.tokens(price, account.balance);
    }
    account.windows.count();
    return state.begin(call, model, input, price, error(call), takes(call, model), text, options);
  }

  private static String error(Call call) {
    return call.part(FaultKind.FAILED_GENERATION)
        .map(Fault::body)
        .or(() -> EventStream.failure(call))
        .orElse(null);
  }

  private Duration takes(Call call, SimulatedModel model) {
    return call.part(FaultKind.SLOW_JOB)
        .map(Fault::time)
        .orElseGet(() -> model.isAnsweredLater() ? state.jobDuration() : Duration.ZERO);
  }

  /** What a fault has others do who share the account; nothing if this request is no good. */
  void othersDoTheSame(Call call) {
    Optional<Fault> others =
        call.told("rowsOfOthers").or(() -> call.told("rowsOfOthersWithOtherParameters"));
    if (others.isEmpty()) {
      return;
    }
    try {
      boolean isForm = call.operation().equals("transcribe");
      Map<String, Object> body = isForm ? Map.of() : call.body();
      SimulatedModel model = Catalog.model(isForm ? "whisper" : Call.required(body, "model"));
      String input = isForm ? heard(call) : input(body, model);
      Map<String, Object> options = options(body);
      if (others.get().name().endsWith("OtherParameters")) {
        options = RowChanges.differing(model, options);
      }
      Instant when = call.now().plus(RowChanges.duration(others.get(), "later"));
      for (int i = RowChanges.count(others.get()); i > 0; i--) {
        state.beginForOthers(call.account(), model, input, when, options);
      }
    } catch (Refusal e) {
      // Nobody else sends such a request either.
    }
  }

  private static String heard(Call call) {
    FormPart audio =
        FormPart.of(call.header("Content-Type").orElse(""), call.request().body()).get("audio");
    return audio == null || audio.fileName() == null ? "" : audio.fileName();
  }

  Answer transcribe(Call call) {
    Map<String, FormPart> form =
        FormPart.of(call.header("Content-Type").orElse(""), call.request().body());
    FormPart audio = form.get("audio");
    if (audio == null || audio.content().length == 0) {
      throw Refusal.field("audio", "Field required");
    }
    String name = Optional.ofNullable(audio.fileName()).orElse("");
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!SOUNDS.contains(ending)) {
      throw Refusal.field("audio", "Format '%s' is not supported".formatted(ending));
    }
    if (audio.content().length > MOST_BYTES_OF_SOUND) {
      throw Refusal.field("audio", "File is larger than 25 MB");
    }
    FormPart slug = form.get("model");
    SimulatedModel model = Catalog.model(slug == null ? "whisper" : slug.text());
    if (!model.category().equals("stt")) {
      throw Refusal.field("model", "Model %s does not write down speech".formatted(model.slug()));
    }
    String heard = "A simulated transcription of " + name;
    SimulatedGeneration made = accepted(call, model, name, model.min(), heard, Map.of());
    return Answer.json(made.toBody(state.dialect(), call.now(), state.files()));
  }
}
