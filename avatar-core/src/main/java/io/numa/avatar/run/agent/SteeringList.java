package io.numa.avatar.run.agent;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.numa.avatar.port.journal.SteeringRecord;
import io.numa.avatar.task.agent.SteeringMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The messages for the agents of a task, in the order in which they were accepted. */
record SteeringList(List<SteeringRecord> records) {
  int size() {
    return records.size();
  }

  Set<String> ids() {
    return records.stream().map(each -> each.message().id()).collect(toUnmodifiableSet());
  }

  Optional<SteeringMessage> newest() {
    return records.isEmpty()
        ? Optional.empty()
        : Optional.of(records.get(records.size() - 1).message());
  }

  List<SteeringMessage> waiting() {
    return those(SteeringRecord::waits);
  }

  List<SteeringMessage> delivered() {
    return those(each -> !each.waits());
  }

  private List<SteeringMessage> those(Predicate<SteeringRecord> which) {
    return records.stream().filter(which).map(SteeringRecord::message).toList();
  }

  /** The first messages that have together at most so many characters. */
  static List<SteeringMessage> first(int characters, List<SteeringMessage> messages) {
    var some = new ArrayList<SteeringMessage>();
    int left = characters;
    for (SteeringMessage message : messages) {
      left -= message.text().length();
      if (left >= 0) {
        some.add(message);
      }
    }
    return some;
  }

  /** The last messages that have together at most so many characters. */
  static List<SteeringMessage> last(int characters, List<SteeringMessage> messages) {
    var backwards = new ArrayList<>(messages);
    Collections.reverse(backwards);
    List<SteeringMessage> some = first(characters, backwards);
    Collections.reverse(some);
    return some;
  }
}
