package io.numa.avatar.cli.console;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths as words of a command that a person may copy into a shell. */
public final class ShellWord {
  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}\\p{N}_./+:@%=,][\\p{L}\\p{N}_./+:@%=,-]*");

  private ShellWord() {}

  public static String of(Path path) {
    String text = path.toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
