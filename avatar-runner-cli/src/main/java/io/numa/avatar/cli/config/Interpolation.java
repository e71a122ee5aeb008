package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.RawValue.Form;
import io.numa.avatar.cli.config.value.RawValue.Scalar;
import io.numa.avatar.cli.config.value.UnacceptableException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Replaces references to environment variables in the text of a file. */
final class Interpolation {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<escape>\\$\\$\\{)|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^}]*))?}|\\$\\{");

  private Interpolation() {}

  /**
   * Replaces references by the variables' values, and {@code $$} before a brace by a single {@code
   * $}. A default applies if the variable is unset or empty, as in a shell. A replaced text may
   * become a number or another scalar.
   *
   * @throws UnacceptableException if a variable without default is not set
   */
  static Scalar apply(Scalar written, Map<String, String> environment) {
    if (written.form() != Form.TEXT || !written.text().contains("${")) {
      return written;
    }
    var text = new StringBuilder();
    Matcher reference = REFERENCE.matcher(written.text());
    while (reference.find()) {
      reference.appendReplacement(
          text, Matcher.quoteReplacement(replacement(reference, environment)));
    }
    return Scalar.loose(reference.appendTail(text).toString(), written.origin());
  }

  /** The names of the variables that a text refers to. */
  static Stream<String> names(String text) {
    return REFERENCE.matcher(text).results().flatMap(found -> Stream.ofNullable(found.group(2)));
  }

  private static String replacement(Matcher reference, Map<String, String> environment) {
    if (reference.group("escape") != null) {
      return "${";
    }
    String name = reference.group("name");
    if (name == null) {
      throw new UnacceptableException(
          "holds '${' that begins no variable; write ${NAME} or ${NAME:-default},"
              + " and $${ for the characters themselves");
    }
    String value = environment.get(name);
    String fallback = reference.group("default");
    if (fallback != null && (value == null || value.isEmpty())) {
      return fallback;
    }
    if (value == null) {
      throw new UnacceptableException(
          "needs the environment variable "
              + name
              + ", which is not set; set it, or write ${"
              + name
              + ":-default}");
    }
    return value;
  }
}
