package io.numa.avatar.cli.config.value;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a key accept a special kind of its values. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Accepts {
  Special value();

  /** The special kinds. */
  enum Special {
    /** A file of certificates in PEM. */
    CERTIFICATES,
    /** Where an HTTP proxy is. */
    PROXY,
    /** Text of any form that must not be shown. */
    SECRET_TEXT,
    /** Whether to use the agent that the environment names. */
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

  /** The form of a text, but for blanks around it; one line where this is missing. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Form {
    /** A regular expression for the whole text. */
    String value();

    /** What that is, in words that follow "expected". */
    String expected();
  }
}
