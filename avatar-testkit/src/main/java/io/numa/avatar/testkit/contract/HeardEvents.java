package io.numa.avatar.testkit.contract;

import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentTool;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** What an agent said and did. */
final class HeardEvents implements AgentEvents {
  final Queue<String> said = new ConcurrentLinkedQueue<>();
  final Queue<AgentTool> tools = new ConcurrentLinkedQueue<>();
  final Queue<List<String>> plans = new ConcurrentLinkedQueue<>();
  final CountDownLatch begun = new CountDownLatch(1);
  volatile Optional<RuntimeException> failure = Optional.empty();

  @Override
  public void said(String text) {
    failure.ifPresent(
        thrown -> {
          throw thrown;
        });
    said.add(text);
    begun.countDown();
  }

  @Override
  public void tool(AgentTool tool) {
    tools.add(tool);
  }

  @Override
  public void planned(List<String> entries) {
    plans.add(List.copyOf(entries));
  }

  String message() {
    return said.stream().collect(Collectors.joining());
  }
}
