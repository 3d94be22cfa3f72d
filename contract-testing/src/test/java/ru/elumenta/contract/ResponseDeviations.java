package ru.elumenta.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import ru.elumenta.contract.DeviationsTest.Deviation;
import ru.elumenta.contract.exchange.Rule;
import ru.elumenta.contract.exchange.Side;

/** What a server can get wrong, one thing each. */
final class ResponseDeviations {
  private final List<Deviation> all = new ArrayList<>();

  static List<Deviation> all() {
    ResponseDeviations deviations = new ResponseDeviations();
    deviations.bodies();
    deviations.members();
    deviations.errors();
    deviations.headers();
    deviations.streams();
    return deviations.all;
  }

  private void add(String story, SampleExchange sample, String operation, String place, Rule rule) {
    all.add(new Deviation(story, sample, operation, Side.RESPONSE, place, rule));
  }

  private void generation(String story, SampleExchange sample, String place, Rule rule) {
    add(story, sample, "createGeneration", place, rule);
  }

  private static SampleExchange generate() {
    return ContractSamples.of("createGeneration", "text-prompt-request", 200, "completed-text");
  }

  private static SampleExchange error(int status, String sample) {
    return ContractSamples.of("createGeneration", "text-prompt-request", status, sample);
  }

  private static SampleExchange stream() {
    return ContractSamples.of("streamGeneration", "text-prompt-request", 200, "streamed-text");
  }

  private void bodies() {
    generation("undocumented status", generate().status(418), "status", Rule.STATUS);
    generation("created instead of OK", generate().status(201), "status", Rule.STATUS);
    generation("empty answer", generate().answer(""), "body", Rule.BODY_MISSING);
    add(
        "body with 204",
        ContractSamples.of("revokeKey", "", 204, "").answer("{}"),
        "revokeKey",
        "body",
        Rule.BODY_UNEXPECTED);
    generation(
        "HTML for JSON",
        generate().answerHeader("content-type", "text/html").answer("<html>"),
        "header Content-Type",
        Rule.CONTENT_TYPE);
    generation(
        "no content type in the answer",
        generate().withoutAnswerHeader("content-type"),
        "header Content-Type",
        Rule.CONTENT_TYPE);
    generation("JSON cut off", generate().answer("{\"id\": 1, \"sta"), "body", Rule.BROKEN_JSON);
    generation(
        "answer in another charset",
        generate().answer("{\"status\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)),
        "body",
        Rule.ENCODING);
    generation(
        "member twice in the answer",
        generate().answer("{\"status\": \"failed\", \"status\": \"pending\"}"),
        "body",
        Rule.DUPLICATE_MEMBER);
    generation(
        "JSON where a stream was asked for",
        generate().member("/stream", "true"),
        "header Content-Type",
        Rule.CONTENT_TYPE);
  }

  private void members() {
    generation("no status", generate().answerMember("/status", null), "/status", Rule.REQUIRED);
    generation(
        "new status", generate().answerMember("/status", "\"queued\""), "/status", Rule.ENUM);
    generation("null status", generate().answerMember("/status", "null"), "/status", Rule.TYPE);
    generation("id is an object", generate().answerMember("/id", "{}"), "/id", Rule.TYPE);
    generation(
        "tokens are text",
        generate().answerMember("/tokens_spent", "\"3\""),
        "/tokens_spent",
        Rule.TYPE);
    generation(
        "tokens are a fraction",
        generate().answerMember("/tokens_spent", "2.5"),
        "/tokens_spent",
        Rule.TYPE);
    generation(
        "new member",
        generate().answerMember("/download_token", "\"hunter2\""),
        "/download_token",
        Rule.UNKNOWN_MEMBER);
    generation(
        "a day for a time",
        generate().answerMember("/created_at", "\"2026-03-08\""),
        "/created_at",
        Rule.FORMAT);
    generation(
        "a time without zone",
        generate().answerMember("/created_at", "\"2026-03-08T12:00:00\""),
        "/created_at",
        Rule.FORMAT);
    add(
        "no status in the second item",
        ContractSamples.of("listHistory", "", 200, "history-page")
            .answerMember("/items/0/status", null),
        "listHistory",
        "/items/0/status",
        Rule.REQUIRED);
    add(
        "token of a wrong type",
        ContractSamples.of("login", "login-request", 200, "session")
            .answerMember("/access_token", "{\"value\": \"hunter2\"}"),
        "login",
        "/access_token",
        Rule.TYPE);
    add(
        "the key comes back in another place",
        ContractSamples.of("getModel", "", 200, "model-dall-e-3")
            .answerMember("/token_cost", '"' + SampleExchange.KEY + '"'),
        "getModel",
        "/token_cost",
        Rule.TYPE);
  }

  private void errors() {
    generation(
        "envelope without message",
        error(404, "not-found").answerMember("/message", null),
        "/message",
        Rule.REQUIRED);
    generation(
        "envelope without code",
        error(404, "not-found").answerMember("/error", null),
        "/error",
        Rule.REQUIRED);
    generation(
        "error is an object",
        error(500, "provider-error").answerMember("/error", "{\"code\": \"provider_error\"}"),
        "/error",
        Rule.TYPE);
    generation(
        "code of another status",
        error(402, "insufficient-tokens").answerMember("/error", "\"not_found\""),
        "/error",
        Rule.ERROR_CODE);
    generation(
        "code that nobody knows",
        error(402, "insufficient-tokens").answerMember("/error", "\"no_money\""),
        "/error",
        Rule.ENUM);
    generation(
        "details are text",
        error(422, "validation-failed").answerMember("/details", "\"size\""),
        "/details",
        Rule.TYPE);
    generation(
        "HTML for an envelope",
        error(503, "model-unavailable").answerHeader("content-type", "text/html").answer("<html>"),
        "header Content-Type",
        Rule.CONTENT_TYPE);
    generation(
        "completed generation under 503",
        error(503, "model-unavailable").answer("{\"error\": \"e\", \"message\": \"m\"}"),
        "/error",
        Rule.ENUM);
  }

  private void headers() {
    generation(
        "limit in words",
        generate().answerHeader("x-ratelimit-limit-hour", "unlimited"),
        "header X-RateLimit-Limit-Hour",
        Rule.RATE_LIMIT);
    generation(
        "fewer than none left",
        generate().answerHeader("x-ratelimit-remaining-day", "-1"),
        "header X-RateLimit-Remaining-Day",
        Rule.RATE_LIMIT);
    generation(
        "more left than allowed",
        generate().answerHeader("x-ratelimit-remaining-hour", "101"),
        "header X-RateLimit-Remaining-Hour",
        Rule.RATE_LIMIT);
    generation(
        "reset in milliseconds",
        generate().answerHeader("x-ratelimit-reset-hour", "1709903600000"),
        "header X-RateLimit-Reset-Hour",
        Rule.RATE_LIMIT);
    generation(
        "limit twice",
        generate().answerHeader("x-ratelimit-limit-day", "1000", "2000"),
        "header X-RateLimit-Limit-Day",
        Rule.RATE_LIMIT);
    generation(
        "wait in words",
        error(429, "hourly-limit").answerHeader("retry-after", "a minute"),
        "header Retry-After",
        Rule.RETRY_AFTER);
    generation(
        "wait with a fraction",
        error(429, "hourly-limit").answerHeader("retry-after", "847.5"),
        "header Retry-After",
        Rule.RETRY_AFTER);
    generation(
        "date of another form",
        error(429, "hourly-limit").answerHeader("retry-after", "2026-03-08T12:00:00Z"),
        "header Retry-After",
        Rule.RETRY_AFTER);
  }

  private void streams() {
    String id = "streamGeneration";
    add(
        "stream breaks off",
        stream()
            .answerText("data: [DONE]", "")
            .answerText(
                "{\"type\": \"generation_end\", \"id\": 18473, \"tokens_spent\": 3}",
                "{\"type\": \"content_delta\", \"delta\": \"upon\"}"),
        id,
        "body",
        Rule.STREAM_END);
    add(
        "event after the end",
        stream()
            .answer("data: [DONE]\n\ndata: {\"type\": \"content_delta\", \"delta\": \"a\"}\n\n"),
        id,
        "/1",
        Rule.STREAM_END);
    add(
        "broken event",
        stream().answer("data: {\"type\":\n\ndata: [DONE]\n\n"),
        id,
        "/0",
        Rule.BROKEN_JSON);
    add(
        "event without kind",
        stream().answer("data: {\"delta\": \"a\"}\n\ndata: [DONE]\n\n"),
        id,
        "/0/type",
        Rule.REQUIRED);
    add(
        "event of another kind",
        stream().answer("data: {\"type\": \"usage\"}\n\ndata: [DONE]\n\n"),
        id,
        "/0/type",
        Rule.EVENT_KIND);
    add(
        "delta is a number",
        stream().answerText("\"delta\": \"Once\"", "\"delta\": 1"),
        id,
        "/1/delta",
        Rule.TYPE);
    add(
        "delta without text",
        stream().answerText(", \"delta\": \"Once\"", ""),
        id,
        "/1/delta",
        Rule.REQUIRED);
    add("no blank line at the end", stream().answer("data: [DONE]"), id, "/0", Rule.EVENT_FORM);
    add(
        "a field beside the data",
        stream().answer("event: end\ndata: [DONE]\n\n"),
        id,
        "/0",
        Rule.EVENT_FORM);
    add(
        "JSON for a stream",
        stream().answerHeader("content-type", "application/json"),
        id,
        "header Content-Type",
        Rule.CONTENT_TYPE);
    generation(
        "delta without text in a stream from the first path",
        generate()
            .member("/stream", "true")
            .header("Accept", "text/event-stream")
            .answerHeader("content-type", "text/event-stream")
            .answer("data: {\"type\": \"content_delta\"}\n\ndata: [DONE]\n\n"),
        "/0/delta",
        Rule.REQUIRED);
  }
}
