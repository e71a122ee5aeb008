package io.numa.avatar.cli.config.value;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a key accept a special kind of values. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Accepts {
  Special value();

  /** The special kinds. */
  enum Special {
    /** A file of certificates in PEM. */
    CERTIFICATES,
    /** An id, as a number or as text. */
    ID,
    /** A host, an address, or a block of addresses. */
    NETWORK,
    /** The address of an HTTP proxy. */
    PROXY,
    /** A secret text of any form. */
    SECRET_TEXT,
    /** Whether to use the SSH agent that the environment names. */
    SSH_AGENT,
    /** A pattern of the addresses of repositories. */
    URL_PATTERN
  }

  /** The bounds of a number or duration, written as in the configuration; both are allowed. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Range {
    String least();

    String most();
  }

  /**
   * The form of a text, without the blanks around it. Without this annotation, any single line is
   * allowed.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Form {
    /** A regular expression for the whole text. */
    String value();

    /** The form in words that follow "expected". */
    String expected();
  }
}
