package io.numa.avatar.plan;

import java.util.List;

/** A command to run: a line for the shell, or a program and its arguments. */
public sealed interface CommandLine {
  /** The command as a person would type it. */
  String display();

  /** A line for {@code /bin/sh -c}. */
  record Shell(String line) implements CommandLine {
    public Shell {
      if (line.isBlank() || line.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a command must be text without NUL, and not blank");
      }
    }

    @Override
    public String display() {
      return line;
    }
  }

  /** A program and its arguments, passed to the operating system unchanged. */
  record Argv(List<String> words) implements CommandLine {
    public Argv {
      words = List.copyOf(words);
      if (words.isEmpty() || words.get(0).isBlank()) {
        throw new IllegalArgumentException("a command must name a program");
      }
      if (words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
        throw new IllegalArgumentException("a command must not hold NUL");
      }
    }

    @Override
    public String display() {
      return String.join(" ", words);
    }
  }
}
