package io.numa.avatar.nats.internal.layout;

import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.numa.avatar.nats.settings.NatsSettings;
import java.time.Duration;
import java.util.List;

/** Names and settings of the streams of reports, of orders, and of what bridges remember. */
public record ReportLayout(NatsSettings settings) {
  private static final String REPORTS = "NUMA_REPORTS";
  private static final String CONTROL = "NUMA_CONTROL";
  private static final String BRIDGED = "KV_numa_bridged";
  private static final String BRIDGED_SUBJECTS = "$KV.numa_bridged.";

  private static final Duration REPORTS_KEPT = Duration.ofDays(7);
  private static final Duration ORDERS_KEPT = Duration.ofDays(1);

  /** A bridge that finds no entry publishes the task again, unless it still waits. */
  private static final Duration BRIDGED_KEPT = Duration.ofDays(30);

  public String reports() {
    return REPORTS;
  }

  public String control() {
    return CONTROL;
  }

  public String bridged() {
    return BRIDGED;
  }

  public String statusSubject(TaskKey key) {
    return "numa.status." + key.value();
  }

  public String logSubject(TaskKey key) {
    return "numa.logs." + key.value();
  }

  public String controlSubject(TaskKey key) {
    return "numa.control." + key.value();
  }

  public String bridgedSubject(TaskKey key) {
    return BRIDGED_SUBJECTS + key.value();
  }

  /** The task's one message, whatever its route. */
  public String anyTaskSubject(TaskKey key) {
    return "numa.tasks." + settings.topic() + ".*." + key.value();
  }

  /** The streams of reports and orders. */
  public List<StreamConfiguration> whole() {
    return List.of(
        stream(REPORTS, REPORTS_KEPT).subjects("numa.status.>", "numa.logs.>").build(),
        stream(CONTROL, ORDERS_KEPT).subjects("numa.control.>").build());
  }

  /** The bucket of the bridges, as the library makes buckets. */
  public List<StreamConfiguration> bridge() {
    return List.of(
        stream(BRIDGED, BRIDGED_KEPT)
            .subjects(BRIDGED_SUBJECTS + ">")
            .maxMessagesPerSubject(1)
            .discardPolicy(DiscardPolicy.New)
            .denyDelete(true)
            .allowRollup(true)
            .build());
  }

  private StreamConfiguration.Builder stream(String name, Duration kept) {
    return StreamConfiguration.builder()
        .name(name)
        .storageType(StorageType.File)
        .replicas(settings.replicas())
        .maxAge(kept);
  }
}
