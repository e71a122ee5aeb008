package io.numa.avatar.backend.internal.topics;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.port.Lease;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Reads the lease in the answer to a claim. */
public final class LeaseReader {
  private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(Integer.MAX_VALUE);

  private LeaseReader() {}

  /** The lease in {@code answer}; empty if it is missing or invalid. */
  public static Optional<Lease> read(JsonNode answer) {
    JsonNode seconds = answer.path("lease_seconds");
    if (!seconds.isNumber() || seconds.decimalValue().signum() <= 0) {
      return Optional.empty();
    }
    long millis = seconds.decimalValue().min(LONGEST_SECONDS).movePointRight(3).longValue();
    JsonNode epoch = answer.path("lease_epoch");
    return Optional.of(
        new Lease(
            Duration.ofMillis(millis),
            epoch.isValueNode() && !epoch.isNull()
                ? Optional.of(epoch.asText())
                : Optional.empty()));
  }
}
