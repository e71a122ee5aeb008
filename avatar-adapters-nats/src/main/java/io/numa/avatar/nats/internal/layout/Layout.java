package io.numa.avatar.nats.internal.layout;

import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.numa.avatar.nats.settings.NatsSettings;
import java.time.Duration;
import java.util.List;

/** Names and settings of what is kept on the servers. */
public record Layout(NatsSettings settings) {
  /** The claims of tasks: a key-value bucket, whose revisions are the epochs. */
  private static final String CLAIMS = "KV_numa_claims";

  private static final String CLAIM_SUBJECTS = "$KV.numa_claims.";
  private static final String DEAD = "NUMA_DEAD";

  /** A claim that is held is written much more often; one that has ended is kept so long. */
  private static final Duration CLAIMS_KEPT = Duration.ofDays(7);

  /** Each avatar waits with one request for each route. */
  private static final int MAX_WAITING = 8192;

  public String taskSubject(String route, TaskKey key) {
    return "numa.tasks." + settings.topic() + "." + route + "." + key.value();
  }

  public String deadSubject(TaskKey key) {
    return "numa.dead." + settings.topic() + "." + key.value();
  }

  public String deadStream() {
    return DEAD;
  }

  public String claimSubject(TaskKey key) {
    return CLAIM_SUBJECTS + key.value();
  }

  public String claimStream() {
    return CLAIMS;
  }

  public String consumerName(String route) {
    return settings.consumer() + "-" + settings.topic() + "-" + route;
  }

  /** The streams, in the order in which they are made. */
  List<StreamConfiguration> streams() {
    return List.of(claims(), dead(), tasks());
  }

  private StreamConfiguration tasks() {
    return stream(settings.stream(), "numa.tasks.>")
        .retentionPolicy(RetentionPolicy.WorkQueue)
        .discardPolicy(DiscardPolicy.New)
        .maxMessagesPerSubject(1)
        .discardNewPerSubject(true)
        .build();
  }

  private StreamConfiguration dead() {
    return stream(DEAD, "numa.dead.>").build();
  }

  /** As the library makes buckets, but the leader alone answers reads: others may be behind. */
  private StreamConfiguration claims() {
    return stream(CLAIMS, CLAIM_SUBJECTS + ">")
        .maxMessagesPerSubject(1)
        .discardPolicy(DiscardPolicy.New)
        .maxAge(CLAIMS_KEPT)
        .denyDelete(true)
        .allowRollup(true)
        .build();
  }

  private StreamConfiguration.Builder stream(String name, String subjects) {
    return StreamConfiguration.builder()
        .name(name)
        .subjects(subjects)
        .storageType(StorageType.File)
        .replicas(settings.replicas());
  }

  ConsumerConfiguration consumer(String route) {
    return ConsumerConfiguration.builder()
        .durable(consumerName(route))
        .filterSubject("numa.tasks." + settings.topic() + "." + route + ".*")
        .ackPolicy(AckPolicy.Explicit)
        .deliverPolicy(DeliverPolicy.All)
        .ackWait(settings.ackWait())
        .maxDeliver(-1)
        .maxAckPending(-1)
        .maxPullWaiting(MAX_WAITING)
        .build();
  }
}
