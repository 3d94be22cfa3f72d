package ru.elumenta.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of the command line as they were typed. Where the locale is C, as in cron and in
 * containers, Java can read no letter beyond ASCII, and a prompt of question marks would be paid
 * for. Linux knows the bytes.
 */
final class Arguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private Arguments() {}

  /**
   * Returns them.
   *
   * @throws UsageException if they cannot be told
   */
  static String[] asTyped(String[] given) {
    return asTyped(given, System.getProperty("sun.jnu.encoding", ""), COMMAND_LINE);
  }

  static String[] asTyped(String[] given, String charset, Path commandLine) {
    if (!isAscii(charset)) {
      return given;
    }
    try {
      List<String> words = words(Files.readAllBytes(commandLine));
      List<String> last = words.subList(Math.max(0, words.size() - given.length), words.size());
      return areTheSame(last, given) ? last.toArray(String[]::new) : given;
    } catch (CharacterCodingException e) {
      throw new UsageException(
          "The command line is not UTF-8, and the locale does not say what it is. Set LC_ALL, or"
              + " give the prompt as @file. Nothing was sent.");
    } catch (IOException e) { // another system
      return given;
    }
  }

  private static boolean isAscii(String charset) {
    try {
      return Charset.forName(charset).equals(StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) { // none, or one that is not known
      return false;
    }
  }

  /** Each ends with a zero byte. */
  private static List<String> words(byte[] line) throws CharacterCodingException {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < line.length; at++) {
      if (line[at] == 0) {
        ByteBuffer word = ByteBuffer.wrap(line, from, at - from);
        words.add(StandardCharsets.UTF_8.newDecoder().decode(word).toString());
        from = at + 1;
      }
    }
    return words;
  }

  /** Whether they differ in what Java could not read alone. */
  private static boolean areTheSame(List<String> typed, String[] given) {
    if (typed.size() != given.length) {
      return false;
    }
    for (int word = 0; word < given.length; word++) {
      if (!ascii(typed.get(word)).equals(ascii(given[word]))) {
        return false;
      }
    }
    return true;
  }

  private static String ascii(String word) {
    return word.replaceAll("[^\\p{ASCII}]|\\?", "");
  }
}
