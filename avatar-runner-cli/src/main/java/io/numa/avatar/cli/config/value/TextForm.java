package io.numa.avatar.cli.config.value;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The form of a text, but for blanks around it; one line where this is missing. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface TextForm {
  /** A regular expression for the whole text. */
  String value();

  /** What that is, in words that follow "expected". */
  String expected();
}
