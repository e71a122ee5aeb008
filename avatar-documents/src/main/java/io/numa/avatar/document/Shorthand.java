package io.numa.avatar.document;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A single value may stand for a mapping of this record: it is the value of some of its keys. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Shorthand {
  /** Names of the keys, which all take the same kind of value. */
  String[] value();
}
