package io.numa.avatar.cli.command.common;

import java.util.function.Function;

/** Reads the values of options and parameters. */
public final class Arguments {
  private Arguments() {}

  /**
   * Reads a value.
   *
   * @param option the option or parameter, for the user
   * @param reader throws an {@link IllegalArgumentException} that says what is wrong
   * @throws UsageException if the value is not valid; its message begins with the option
   */
  public static <T> T read(String option, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
