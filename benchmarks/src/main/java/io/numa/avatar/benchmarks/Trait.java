package io.numa.avatar.benchmarks;

/** Something that a commit's diff may show, counted by files. */
enum Trait {
  FILE("files", false),
  ADDED("new files", false),
  DELETED("deleted files", false),
  RENAMED("renames", true),
  COPIED("copies", true),
  EXECUTABLE("changes of the executable bit", true),
  LINK("symbolic links", true),
  SUBMODULE("submodule pointers", true),
  BINARY("binary files", true),
  EMPTY("new or deleted empty files", true),
  CRLF("text with CRLF", true),
  NO_NEWLINE("no newline at the end", true),
  OTHER_TEXT("text that is no UTF-8", true),
  SPACED_NAME("names with spaces", true),
  QUOTED_NAME("names beyond ASCII, or quoted", true),
  OTHER_NAME("names that are no UTF-8", true),
  ATTRIBUTES("`.gitattributes` files", true);

  private final String words;
  private final boolean rare;

  Trait(String words, boolean rare) {
    this.words = words;
    this.rare = rare;
  }

  String words() {
    return words;
  }

  /** Whether the picker prefers commits that show this trait. */
  boolean rare() {
    return rare;
  }
}
