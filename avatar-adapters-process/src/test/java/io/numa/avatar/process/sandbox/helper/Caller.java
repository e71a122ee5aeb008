package io.numa.avatar.process.sandbox.helper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** As whom the helper is started. */
enum Caller {
  ROOT("none", ""),
  ROOT_IN_ITS_OWN_NAMESPACE("own", ""),
  USER("own", "setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs");

  private final String users;
  private final String prefix;

  Caller(String users, String prefix) {
    this.users = users;
    this.prefix = prefix;
  }

  /** The callers that these tests can be. A test for each is skipped where there are none. */
  static Stream<Caller> possible() {
    return Stream.of(values()).filter(caller -> isRoot() || caller == USER);
  }

  /** The one with the least rights. */
  static Caller least() {
    return USER;
  }

  static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      return false;
    }
  }

  /** The words that start a command as this caller. */
  List<String> start(List<String> command) {
    boolean asItself = !isRoot() || prefix.isEmpty();
    return asItself ? command : Lists.join(List.of(prefix.split(" ", -1)), command);
  }

  /** The value of {@code --userns} with which this caller gets a network of its own. */
  String users() {
    return users;
  }
}
