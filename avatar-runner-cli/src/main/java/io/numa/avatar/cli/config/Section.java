package io.numa.avatar.cli.config;

/** A section of keys, and what they are about, in one line of Markdown. */
record Section(String path, String doc) {
  /** The last name of the path. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The path of the section it is in; empty at the top. */
  String section() {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }
}
