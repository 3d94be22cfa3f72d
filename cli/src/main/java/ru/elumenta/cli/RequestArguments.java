package ru.elumenta.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.model.GenerationRequest;

/** Makes a request of a model, a prompt and {@code name=value}s. */
final class RequestArguments {
  private static final int LONGEST_PROMPT = 4 << 20;

  private final Surroundings around;

  RequestArguments(Surroundings around) {
    this.around = around;
  }

  /**
   * Reads them.
   *
   * @param prompt given by its own option; null if it is among the words
   * @throws UsageException if there is no prompt, or more than one
   */
  GenerationRequest request(String model, List<String> words, @Nullable String prompt) {
    Map<String, Object> params = new LinkedHashMap<>();
    String text = prompt == null ? null : text(prompt);
    for (String word : words) {
      Parameter parameter = word.startsWith("@") ? null : Parameter.of(word);
      if (parameter != null) {
        params.put(parameter.name(), parameter.value());
      } else if (text == null) {
        text = text(word);
      } else {
        throw new UsageException(
            "There are two prompts: put the prompt in quotes. Others are name=value, and this is"
                + " none: %s",
            Text.cut(Text.oneLine(word), 40));
      }
    }
    if (text == null) {
      text = text("-");
    }
    if (text.isBlank()) {
      throw new UsageException("The prompt is empty. Nothing was sent.");
    }
    GenerationRequest request = new GenerationRequest().model(model).prompt(text);
    return params.isEmpty() ? request : request.params(params);
  }

  private String text(String given) {
    if (given.equals("-")) {
      if (around.terminal().isInput()) {
        throw new UsageException(
            "No prompt: give it in quotes, as @file, or on standard input. Nothing was sent.");
      }
      return whole(around.in(), "standard input");
    }
    if (!given.startsWith("@") || given.length() == 1) {
      return given;
    }
    Path file = file(given.substring(1));
    try (InputStream stream = Files.newInputStream(file)) {
      return whole(stream, file.toString());
    } catch (IOException e) {
      throw new UsageException("The prompt cannot be read from %s. Nothing was sent.", file);
    }
  }

  private static Path file(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UsageException(
          "@ begins the name of a file, and this system allows none that is called %s. Nothing was"
              + " sent.",
          Text.cut(Text.oneLine(name), 40));
    }
  }

  private static String whole(InputStream stream, String where) {
    try {
      byte[] bytes = stream.readNBytes(LONGEST_PROMPT + 1);
      if (bytes.length > LONGEST_PROMPT) {
        throw new UsageException("The prompt in %s is longer than 4 MiB. Nothing was sent.", where);
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1).strip() : text.strip();
    } catch (CharacterCodingException e) {
      throw new UsageException("The prompt in %s is not UTF-8. Nothing was sent.", where);
    } catch (IOException e) {
      throw new UsageException("The prompt cannot be read from %s. Nothing was sent.", where);
    }
  }
}
