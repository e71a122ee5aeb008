package io.numa.avatar.cli.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A kind of value: how it is read, described and shown. */
interface ValueType<T> {
  /** Reads a value; tells what is wrong and gives nothing if it cannot. */
  Optional<T> read(RawValue value, String key, Reading reading);

  /** Turns a flag's or variable's text into what a file would hold. */
  RawValue ofText(String text, String key, Origin origin, Problems problems);

  /** What is allowed, as in {@code expected a duration}. */
  String expectation();

  /** Whether values must not be shown. */
  boolean secret();

  /** The schema of what a file may hold. */
  ObjectNode schema();

  /** Shows a value, under the last name of its key. */
  void print(String name, Bound<T> bound, YamlPrinter printer);
}
