package io.numa.avatar.server.http;

/** Sets properties of the process that the operator has not set. */
final class Limits {
  private Limits() {}

  static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
