package io.numa.avatar.document;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a component of a record a key of a document. The key is called as the component is, in
 * lower case with underscores.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /** What the key is for, in one line of Markdown. */
  String value();

  /** The key's name, where it is no name that Java allows. */
  String name() default "";

  /** The key must be given. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Required {}

  /** The value of the key where it is not given, written as text. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Default {
    /** The text. */
    String value();
  }

  /** The key has the value of another one where it is not given. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface SameAs {
    /** The path of the other key. */
    String value();
  }

  /** Which names a map with free keys may have; any where this is missing. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Names {
    /** A regular expression for whole names. */
    String value();

    /** What to say of another name. */
    String otherwise();
  }

  /** What messages call a mapping of this record, with its article. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Noun {
    /** The noun. */
    String value();
  }

  /** A single value may stand for a mapping of this record: it is the value of some of its keys. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Shorthand {
    /** Names of the keys, which all take the same kind of value. */
    String[] value();
  }
}
