package ru.elumenta.contract.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.Rule;
import ru.elumenta.contract.validation.MultipartBody.BrokenException;
import ru.elumenta.contract.validation.MultipartBody.Part;

/**
 * Holds an upload against the contract; the library does not look into one. Places are those of an
 * object with the parts as its members. Page: api-reference/generations/stt.
 */
final class MultipartRules {
  private static final Set<String> KINDS =
      Set.of("mp3", "mp4", "wav", "m4a", "ogg", "flac", "webm");
  private static final String EXPECTED_KIND = "mp3, mp4, wav, m4a, ogg, flac or webm";
  private static final long MOST_BYTES = 25L << 20;

  private final JsonNode schema;
  private final FindingList findings;

  MultipartRules(JsonNode schema, FindingList findings) {
    this.schema = schema;
    this.findings = findings;
  }

  void check(RequestMessage request) {
    Optional<String> boundary = MediaTypes.boundary(request.headers());
    if (boundary.isEmpty()) {
      findings.add("header Content-Type", Rule.MULTIPART_FORM, "a boundary", "none");
      return;
    }
    try {
      check(MultipartBody.parts(request.body(), boundary.get()));
    } catch (BrokenException e) {
      findings.add("body", Rule.MULTIPART_FORM, "parts between boundaries", e.getMessage());
    }
  }

  private void check(List<Part> parts) {
    Set<String> seen = new HashSet<>();
    for (Part part : parts) {
      String place = "/" + part.name();
      if (!seen.add(part.name())) {
        findings.add(place, Rule.DUPLICATE_MEMBER, "each part once", "one twice");
      }
      JsonNode member = schema.path("properties").path(part.name());
      if (member.isMissingNode()) {
        findings.addTolerable(place, Rule.UNKNOWN_MEMBER, "no such part", "one");
      } else if ("binary".equals(member.path("format").asText())) {
        file(part, place);
      } else if ("boolean".equals(member.path("type").asText())
          && !part.content().matches("true|false")) {
        findings.add(place, Rule.TYPE, "boolean", shown(part));
      } else if ("integer".equals(member.path("type").asText())
          && !part.content().matches("-?\\d+")) {
        findings.add(place, Rule.TYPE, "integer", shown(part));
      }
    }
    for (JsonNode name : schema.path("required")) {
      if (!seen.contains(name.asText())) {
        findings.add("/" + name.asText(), Rule.REQUIRED, "a part", "none");
      }
    }
  }

  private String shown(Part part) {
    return findings.shown().text(part.name(), part.text());
  }

  private void file(Part part, String place) {
    if (part.fileName().isEmpty()) {
      findings.add(place, Rule.FILE, "a file name", "none");
    } else if (!isOfDocumentedKind(part)) {
      findings.add(
          place, Rule.FILE, EXPECTED_KIND, findings.shown().text("file", part.fileName().get()));
    }
    if (part.content().isEmpty() || part.content().length() > MOST_BYTES) {
      findings.add(place, Rule.FILE, "1 byte to 25 MB", part.content().length() + " bytes");
    }
  }

  private static boolean isOfDocumentedKind(Part part) {
    String file = part.fileName().orElse("").toLowerCase(Locale.ROOT);
    int dot = file.lastIndexOf('.');
    return dot < 0
        ? part.contentType().startsWith("audio/") // the name says nothing
        : KINDS.contains(file.substring(dot + 1));
  }
}
