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

  /** Whether the key must be given. */
  boolean required() default false;

  /** The value where the key is not given, as text; none by default. */
  String[] fallback() default {};

  /** The path of the key whose value this one has where it is not given. */
  String sameAs() default "";
}
