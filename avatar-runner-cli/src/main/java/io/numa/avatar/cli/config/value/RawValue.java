package io.numa.avatar.cli.config.value;

import java.util.List;
import java.util.stream.Stream;

/** A value as it was written, before it is checked against its key. */
public sealed interface RawValue {
  Origin origin();

  /** Describes the kind of value, such as {@code is a list}, without its content. */
  String shape();

  /** All texts in it. */
  Stream<String> texts();

  /** The kind of a scalar by its notation. */
  enum Form {
    TEXT("is text"),
    NUMBER("is a number"),
    BOOLEAN("is true or false"),
    NOTHING("has no value"),
    /** Text that may stand for any kind, as environment variables hold text only. */
    LOOSE("is text");

    private final String shape;

    Form(String shape) {
      this.shape = shape;
    }
  }

  /** A single value, in the characters that were written. */
  record Scalar(String text, Form form, Origin origin) implements RawValue {
    public static Scalar loose(String text, Origin origin) {
      return new Scalar(text, Form.LOOSE, origin);
    }

    public static Scalar nothing(Origin origin) {
      return new Scalar("", Form.NOTHING, origin);
    }

    @Override
    public String shape() {
      return form.shape;
    }

    @Override
    public Stream<String> texts() {
      return Stream.of(text);
    }

    /** Leaves out the text, which may be a secret. */
    @Override
    public String toString() {
      return form + " at " + origin;
    }
  }

  /** A list. */
  record Items(List<RawValue> values, Origin origin) implements RawValue {
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public String shape() {
      return "is a list";
    }

    @Override
    public Stream<String> texts() {
      return values.stream().flatMap(RawValue::texts);
    }
  }

  /** Keys and values, each key once. */
  record Entries(List<Entry> entries, Origin origin) implements RawValue {
    public Entries {
      entries = List.copyOf(entries);
    }

    @Override
    public String shape() {
      return "is a section of keys";
    }

    @Override
    public Stream<String> texts() {
      return entries.stream().flatMap(entry -> entry.value().texts());
    }
  }

  /** A key, where it stands, and its value. */
  record Entry(String name, Origin origin, RawValue value) {
    /**
     * The part of a key that may be shown. If its colon is missing, the parser takes the value for
     * a part of the key.
     */
    public static String shown(String name) {
      return name.matches("[\\w./-]+") ? name : name.replaceFirst("(?s)[^\\w./-].*", "…");
    }
  }

  /** Whether there is no value, as in {@code section:} if all its keys are comments. */
  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.form() == Form.NOTHING;
  }
}
