package io.numa.avatar.cli.command.operate;

import java.util.Locale;

/** The words of orders, as the command line and the control socket spell them. */
final class Words {
  private Words() {}

  static String of(Enum<?> order) {
    return order.name().toLowerCase(Locale.ROOT);
  }
}
