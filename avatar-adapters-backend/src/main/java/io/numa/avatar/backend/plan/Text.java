package io.numa.avatar.backend.plan;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which text a key takes; any where this is missing. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Text {
  String NOT_BLANK = "\\S";
  String NOT_EMPTY = "[\\s\\S]";

  /** A regular expression of which a match must be found. */
  String value();

  /** What to say of other text. */
  String otherwise();
}
