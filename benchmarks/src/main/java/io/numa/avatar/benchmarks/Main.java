package io.numa.avatar.benchmarks;

import io.numa.avatar.benchmarks.ReplayCommand.Order;
import java.io.IOException;
import java.util.List;

/** The entry point of the benchmarks. */
public final class Main {
  private Main() {}

  /** Replays repositories; see the README of this module. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(run(arguments));
  }

  private static int run(String... arguments) throws IOException, InterruptedException {
    List<Order> orders;
    try {
      orders = Order.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    return new ReplayCommand(System.out, System.err).run(orders);
  }
}
