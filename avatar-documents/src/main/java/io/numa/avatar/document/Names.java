package io.numa.avatar.document;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which names a map with free keys may have; any where this is missing. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Names {
  /** A regular expression for whole names. */
  String value();

  /** What to say of another name. */
  String otherwise();
}
