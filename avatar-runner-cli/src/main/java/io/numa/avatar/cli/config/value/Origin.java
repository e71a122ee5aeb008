package io.numa.avatar.cli.config.value;

import java.nio.file.Path;

/** The source of a value of the configuration. {@code toString} is readable by people. */
public sealed interface Origin {
  /** A file, as it was named, and a line of it, from 1; 0 for the file as a whole. */
  record InFile(Path file, int line) implements Origin {
    @Override
    public String toString() {
      return line == 0 ? file.toString() : file + ":" + line;
    }
  }

  /** A variable of the environment. */
  record Environment(String name) implements Origin {
    @Override
    public String toString() {
      return "environment " + name;
    }
  }

  /** The command line. */
  record Flag() implements Origin {
    @Override
    public String toString() {
      return "flag";
    }
  }

  /** No source gives the key: the value is the default. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }
}
