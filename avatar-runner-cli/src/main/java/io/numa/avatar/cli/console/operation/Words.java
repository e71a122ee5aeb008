package io.numa.avatar.cli.console.operation;

/** Words of documents as people read them. */
final class Words {
  private Words() {}

  /** Such as {@code tests failed} for {@code tests_failed}. */
  static String plain(String word) {
    return word.replace('_', ' ');
  }
}
