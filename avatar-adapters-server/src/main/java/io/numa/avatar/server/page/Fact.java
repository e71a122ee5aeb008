package io.numa.avatar.server.page;

import java.util.Optional;

/**
 * A value with its name.
 *
 * @param href where the value is a link to
 */
record Fact(String name, String value, Optional<String> href) {
  Fact(String name, Object value) {
    this(name, value.toString(), Optional.empty());
  }
}
