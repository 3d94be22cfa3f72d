package ru.elumenta.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import ru.elumenta.contract.DeviationsTest.Deviation;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.Rule;
import ru.elumenta.contract.exchange.Side;

/** What a client can get wrong, one thing each. */
final class RequestDeviations {
  private final List<Deviation> all = new ArrayList<>();

  static List<Deviation> all() {
    RequestDeviations deviations = new RequestDeviations();
    deviations.addresses();
    deviations.credentials();
    deviations.parameters();
    deviations.bodies();
    deviations.members();
    deviations.uploads();
    return deviations.all;
  }

  private void add(String story, SampleExchange sample, String operation, String place, Rule rule) {
    all.add(new Deviation(story, sample, operation, Side.REQUEST, place, rule));
  }

  private static SampleExchange generate() {
    return ContractSamples.of("createGeneration", "text-prompt-request", 200, "completed-text");
  }

  private static SampleExchange history() {
    return ContractSamples.of("listHistory", "", 200, "history-page");
  }

  private static SampleExchange login() {
    return ContractSamples.of("login", "login-request", 200, "session");
  }

  private static SampleExchange upload() {
    return ContractSamples.of("transcribe", "", 200, "transcription");
  }

  private void addresses() {
    String none = Finding.NO_OPERATION;
    add("unknown path", generate().target("/api/v2/generations"), none, "path", Rule.PATH);
    add("trailing slash", generate().target("/api/v2/generate/"), none, "path", Rule.PATH);
    add("empty path parameter", deleteKey("/api/v2/keys/"), none, "path", Rule.PATH);
    add("other base path", generate().target("/api/v1/generate"), none, "path", Rule.BASE_PATH);
    add("no base path", generate().target("/generate"), none, "path", Rule.BASE_PATH);
    add("wrong method", generate().method("PUT"), none, "method", Rule.METHOD);
    add(
        "a literal path is no parameter",
        ContractSamples.of("getGeneration", "", 200, "pending-video")
            .target("/api/v2/generate/stream"),
        none,
        "method",
        Rule.METHOD);
  }

  private static SampleExchange deleteKey(String target) {
    return ContractSamples.of("revokeKey", "", 204, "").target(target);
  }

  private void credentials() {
    String id = "createGeneration";
    String place = "header Authorization";
    add("no bearer", generate().withoutHeader("Authorization"), id, place, Rule.BEARER_MISSING);
    add(
        "basic instead of bearer",
        generate().header("Authorization", "Basic c2VjcmV0Omh1bnRlcjI="),
        id,
        place,
        Rule.BEARER_FORM);
    add(
        "key without the word Bearer",
        generate().header("Authorization", SampleExchange.KEY),
        id,
        place,
        Rule.BEARER_FORM);
    add(
        "two tokens",
        generate().header("Authorization", "Bearer " + SampleExchange.KEY, "Bearer hunter2"),
        id,
        place,
        Rule.BEARER_FORM);
    add("blank token", generate().header("Authorization", "Bearer "), id, place, Rule.BEARER_FORM);
    add(
        "bearer where none is taken",
        login().header("Authorization", "Bearer " + SampleExchange.KEY),
        "login",
        place,
        Rule.BEARER_UNWANTED);
  }

  private void parameters() {
    String id = "listHistory";
    query("page=first", id, "query page", Rule.TYPE);
    query("limit=101", id, "query limit", Rule.RANGE);
    query("status=running", id, "query status", Rule.ENUM);
    query("favorites_only=yes", id, "query favorites_only", Rule.TYPE);
    query("api_key=hunter2", id, "query api_key", Rule.UNKNOWN_PARAMETER);
    query("page=1&page=2", id, "query page", Rule.REPEATED_PARAMETER);
    query("category=100%", id, "query", Rule.ENCODING);
    add(
        "broken escape in the path",
        deleteKey("/api/v2/keys/%"),
        "revokeKey",
        "path",
        Rule.ENCODING);
    query("limit=", id, "query limit", Rule.EMPTY_PARAMETER);
    query("page=99999999999999999999", id, "query page", Rule.FORMAT);
    add("path no number", deleteKey("/api/v2/keys/last"), "revokeKey", "path key_id", Rule.TYPE);
    add(
        "accepts what is not answered",
        history().header("Accept", "text/html"),
        id,
        "header Accept",
        Rule.ACCEPT);
  }

  private void query(String query, String operation, String place, Rule rule) {
    add("?" + query, history().target("/api/v2/user/history?" + query), operation, place, rule);
  }

  private void bodies() {
    String id = "createGeneration";
    add("empty body", generate().body(""), id, "body", Rule.BODY_MISSING);
    add(
        "body where none is taken",
        history().header("Content-Type", "application/json").body("{}"),
        "listHistory",
        "body",
        Rule.BODY_UNEXPECTED);
    add(
        "wrong content type",
        generate().header("Content-Type", "text/plain"),
        id,
        "header Content-Type",
        Rule.CONTENT_TYPE);
    add(
        "no content type",
        generate().withoutHeader("Content-Type"),
        id,
        "header Content-Type",
        Rule.CONTENT_TYPE);
    add(
        "another charset",
        generate().header("Content-Type", "application/json; charset=windows-1251"),
        id,
        "header Content-Type",
        Rule.ENCODING);
    add(
        "bytes of another charset",
        generate().body("{\"model\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)),
        id,
        "body",
        Rule.ENCODING);
    add("broken JSON", generate().body("{\"model\": "), id, "body", Rule.BROKEN_JSON);
    add(
        "text after the JSON",
        generate().body("{\"model\": \"gpt-5\"} {}"),
        id,
        "body",
        Rule.BROKEN_JSON);
    add(
        "member twice",
        generate().body("{\"model\": \"gpt-5\", \"model\": \"dall-e-3\"}"),
        id,
        "body",
        Rule.DUPLICATE_MEMBER);
    add("a list for an object", generate().body("[]"), id, "body", Rule.TYPE);
  }

  private void members() {
    String id = "createGeneration";
    add("no member", login().member("/email", null), "login", "/email", Rule.REQUIRED);
    add(
        "neither model nor assistant",
        generate().member("/model", null),
        id,
        "/model",
        Rule.REQUIRED);
    add("misspelt member", generate().member("/promt", "\"a\""), id, "/promt", Rule.UNKNOWN_MEMBER);
    add(
        "misspelt member in a list",
        ContractSamples.of("createGeneration", "chat-messages-request", 200, "completed-chat")
            .member("/messages/0/text", "\"a\""),
        id,
        "/messages/0/text",
        Rule.UNKNOWN_MEMBER);
    add("number for text", generate().member("/prompt", "7"), id, "/prompt", Rule.TYPE);
    add("text for a number", generate().member("/seed", "\"7\""), id, "/seed", Rule.TYPE);
    add("null for a member", generate().member("/params", "null"), id, "/params", Rule.TYPE);
    add(
        "secret of a wrong type",
        login().member("/password", "[\"hunter2\"]"),
        "login",
        "/password",
        Rule.TYPE);
    add(
        "password too short",
        ContractSamples.of("register", "register-request", 200, "registration")
            .member("/password", "\"hunter2\""),
        "register",
        "/password",
        Rule.LENGTH);
    add(
        "number too large for 64 bits",
        generate().member("/seed", "99999999999999999999"),
        id,
        "/seed",
        Rule.FORMAT);
  }

  private void uploads() {
    String id = "transcribe";
    add(
        "no file",
        upload()
            .bodyText("name=\"audio\"", "name=\"model\"")
            .bodyText("; filename=\"speech.mp3\"", "")
            .bodyText("name=\"model\"\r\n\r\nelevenlabs-scribe", "name=\"language\"\r\n\r\nen"),
        id,
        "/audio",
        Rule.REQUIRED);
    add(
        "no file name",
        upload().bodyText("; filename=\"speech.mp3\"", ""),
        id,
        "/audio",
        Rule.FILE);
    add(
        "file of another kind",
        upload().bodyText("speech.mp3", "speech.txt"),
        id,
        "/audio",
        Rule.FILE);
    add("empty file", upload().bodyText("ID3", ""), id, "/audio", Rule.FILE);
    add(
        "file too large",
        upload().bodyText("ID3", "x".repeat((25 << 20) + 1)),
        id,
        "/audio",
        Rule.FILE);
    add(
        "unknown part",
        upload().bodyText("name=\"model\"", "name=\"modell\""),
        id,
        "/modell",
        Rule.UNKNOWN_MEMBER);
    add(
        "part twice",
        upload().bodyText("name=\"diarize\"\r\n\r\ntrue", "name=\"model\"\r\n\r\nwhisper"),
        id,
        "/model",
        Rule.DUPLICATE_MEMBER);
    add("part of a wrong type", upload().bodyText("true", "maybe"), id, "/diarize", Rule.TYPE);
    add(
        "no boundary",
        upload().header("Content-Type", "multipart/form-data"),
        id,
        "header Content-Type",
        Rule.MULTIPART_FORM);
    add(
        "no boundary at the end",
        upload().bodyText("--sample-boundary--", ""),
        id,
        "body",
        Rule.MULTIPART_FORM);
    add(
        "JSON for an upload",
        upload().header("Content-Type", "application/json").body("{}"),
        id,
        "header Content-Type",
        Rule.CONTENT_TYPE);
  }
}
