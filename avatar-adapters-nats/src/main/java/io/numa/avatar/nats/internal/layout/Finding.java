package io.numa.avatar.nats.internal.layout;

/**
 * What differs from the settings, or is missing.
 *
 * @param place the stream or consumer
 * @param field what of it; empty if all of it is missing
 * @param text what is found and what is wanted, for people
 */
public record Finding(String place, String field, String text) {
  static Finding missing(String place) {
    return new Finding(place, "", place + " does not exist");
  }

  static Finding differs(String place, String field, Object found, Object wanted) {
    return new Finding(
        place, field, field + " of " + place + " is " + found + ", but should be " + wanted);
  }

  public boolean isMissing() {
    return field.isEmpty();
  }
}
