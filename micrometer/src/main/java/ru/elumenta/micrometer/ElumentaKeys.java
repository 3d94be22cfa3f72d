package ru.elumenta.micrometer;

import io.micrometer.common.docs.KeyName;

/** The attributes: tags of meters, keys of observations. Each is named once, here. */
public final class ElumentaKeys {
  private ElumentaKeys() {}

  /**
   * Attributes with few values each, fit for metrics. What is not known or does not fit is none.
   */
  public enum LowCardinality implements KeyName {
    /** Which client of the application it is. */
    CLIENT("elumenta.client"),
    /** The name of the operation in the contract. */
    OPERATION("elumenta.operation"),
    /** The slug of the model; {@code other} until the service has answered for it. */
    MODEL("elumenta.model"),
    /** What came of it. */
    OUTCOME("elumenta.outcome"),
    /** Whether the work of a call that failed was done. */
    EXECUTION("elumenta.execution"),
    /** How often a call was sent: 0, 1, 2, 3 or more. */
    ATTEMPTS("elumenta.attempts"),
    /** Why it failed: the code of the service, else the exception. */
    ERROR_TYPE("error.type"),
    /** Why a call waits or a generation failed. */
    REASON("elumenta.reason"),
    /** What a look-up found. */
    FINDING("elumenta.finding"),
    /** The window of a rate limit: hour or day. */
    WINDOW("elumenta.window"),
    /** The HTTP method. */
    HTTP_METHOD("http.request.method"),
    /** The path with its placeholders. */
    URL_TEMPLATE("url.template"),
    /** The HTTP status. */
    HTTP_STATUS("http.response.status_code"),
    /** The host of the service. */
    SERVER_ADDRESS("server.address"),
    /** Its port. */
    SERVER_PORT("server.port"),
    /** What is done, in the words of OpenTelemetry. */
    GEN_AI_OPERATION("gen_ai.operation.name"),
    /** Always {@code elumenta}. */
    GEN_AI_PROVIDER("gen_ai.provider.name"),
    /** The model, as {@link #MODEL}. */
    GEN_AI_MODEL("gen_ai.request.model");

    private final String key;

    LowCardinality(String key) {
      this.key = key;
    }

    @Override
    public String asString() {
      return key;
    }
  }

  /** Attributes with any number of values, of traces alone. One that does not fit is not there. */
  public enum HighCardinality implements KeyName {
    /** What is done, in the words of OpenTelemetry. */
    GEN_AI_OPERATION("gen_ai.operation.name"),
    /** Always {@code elumenta}. */
    GEN_AI_PROVIDER("gen_ai.provider.name"),
    /** The model as the application named it. */
    GEN_AI_MODEL("gen_ai.request.model"),
    /** The id of the generation. */
    GENERATION("gen_ai.response.id"),
    /** Milliseconds that a call waited, by a rule of the client or until it was sent again. */
    WAITED("elumenta.waited_ms"),
    /** Which attempt of the call, from the second on less one. */
    RESEND_COUNT("http.request.resend_count"),
    /** What the service calls the request, for its support. */
    REQUEST_ID("elumenta.request_id"),
    /** How often the service was asked for a generation. */
    POLLS("elumenta.polls"),
    /** How many events of a stream were read. */
    EVENTS("elumenta.events"),
    /** Tokens of Elumenta charged, which are money. */
    TOKENS("elumenta.tokens_charged"),
    /** The host of a file. */
    FILE_HOST("server.address"),
    /** Bytes that came. */
    BYTES("elumenta.bytes"),
    /** Requests that a download took. */
    REQUESTS("elumenta.requests");

    private final String key;

    HighCardinality(String key) {
      this.key = key;
    }

    @Override
    public String asString() {
      return key;
    }
  }
}
