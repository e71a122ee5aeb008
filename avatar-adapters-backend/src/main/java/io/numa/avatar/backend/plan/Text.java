package io.numa.avatar.backend.plan;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The text that a key allows. Without this annotation, any text is allowed. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Text {
  String NOT_BLANK = "\\S";
  String NOT_EMPTY = "[\\s\\S]";

  /** A regular expression of which a match must be found. */
  String value();

  /** The message for any other text. */
  String otherwise();
}
