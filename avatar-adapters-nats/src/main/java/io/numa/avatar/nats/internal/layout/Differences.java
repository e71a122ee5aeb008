package io.numa.avatar.nats.internal.layout;

import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import io.numa.avatar.time.WrittenDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Compares what exists with what is wanted, in what the queue depends on. */
final class Differences {
  private final String place;
  private final List<Finding> findings = new ArrayList<>();

  private Differences(String place) {
    this.place = place;
  }

  static List<Finding> of(StreamConfiguration found, StreamConfiguration wanted) {
    var all = new Differences("stream " + wanted.getName());
    all.compare("subjects", found.getSubjects(), wanted.getSubjects());
    all.compare("retention", found.getRetentionPolicy(), wanted.getRetentionPolicy());
    all.compare("storage", found.getStorageType(), wanted.getStorageType());
    all.compare("num_replicas", found.getReplicas(), wanted.getReplicas());
    all.compare("discard", found.getDiscardPolicy(), wanted.getDiscardPolicy());
    all.compare(
        "max_msgs_per_subject", found.getMaxMsgsPerSubject(), wanted.getMaxMsgsPerSubject());
    all.compare(
        "discard_new_per_subject", found.isDiscardNewPerSubject(), wanted.isDiscardNewPerSubject());
    all.compare("sealed", found.getSealed(), wanted.getSealed());
    return all.findings;
  }

  static List<Finding> of(ConsumerConfiguration found, ConsumerConfiguration wanted) {
    var all = new Differences("consumer " + wanted.getDurable());
    all.compare("filter_subject", found.getFilterSubject(), wanted.getFilterSubject());
    all.compare("deliver_subject", found.getDeliverSubject(), wanted.getDeliverSubject());
    all.compare("deliver_policy", found.getDeliverPolicy(), wanted.getDeliverPolicy());
    all.compare("ack_policy", found.getAckPolicy(), wanted.getAckPolicy());
    all.compare("ack_wait", found.getAckWait(), wanted.getAckWait());
    all.compare("max_deliver", found.getMaxDeliver(), wanted.getMaxDeliver());
    all.compare("max_ack_pending", found.getMaxAckPending(), wanted.getMaxAckPending());
    all.compare("max_waiting", found.getMaxPullWaiting(), wanted.getMaxPullWaiting());
    all.compare("backoff", found.getBackoff(), wanted.getBackoff());
    return all.findings;
  }

  private void compare(String field, Object found, Object wanted) {
    if (!Objects.equals(found, wanted)) {
      findings.add(Finding.differs(place, field, written(found), written(wanted)));
    }
  }

  /** As the configuration has it. */
  private static Object written(Object value) {
    if (value instanceof Collection<?> all) {
      return all.stream().map(Differences::written).toList();
    }
    return value instanceof Duration duration ? WrittenDuration.format(duration) : value;
  }
}
