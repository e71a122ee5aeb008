package io.numa.avatar.document;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a component of a record a key of a document. The key's name is the component's, in lower
 * case with underscores.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /** What the key is for, in one line of Markdown. */
  String value();

  /** The key's name, if Java does not allow it as a component's name. */
  String name() default "";

  /** The key must be given. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Required {}

  /** The default of the key, written as text. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Default {
    /** The text. */
    String value();
  }

  /** The default of the key is the value of another key. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface SameAs {
    /** The path of the other key. */
    String value();
  }

  /** The names that a map with free keys may have. Without this annotation, any name is allowed. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Names {
    /** A regular expression for whole names. */
    String value();

    /** The message for any other name. */
    String otherwise();
  }

  /** The noun, with its article, that messages use for a mapping of this record. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Noun {
    /** The noun. */
    String value();
  }

  /**
   * Allows a single value as shorthand for a mapping of this record: the value of each of these
   * keys. It may also stand for a list of such mappings that has this one only.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Shorthand {
    /** The names of the keys. All take the same kind of value. */
    String[] value();
  }
}
