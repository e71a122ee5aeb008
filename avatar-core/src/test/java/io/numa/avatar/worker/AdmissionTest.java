package io.numa.avatar.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.run.guard.DiskFloor;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission admission = new Admission(slots(1));

  @Test
  void admitsAsManyTasksAsTheNewSettingsAllow() {
    Admission.Permit first = admission.tryAcquire().orElseThrow();
    assertThat(admission.tryAcquire()).isEmpty();

    admission.use(slots(2));
    Admission.Permit second = admission.tryAcquire().orElseThrow();

    admission.use(slots(1));
    first.close();
    assertThat(admission.tryAcquire()).isEmpty();
    assertThat(admission.fullness()).hasValue("a task is running");
    second.close();
    assertThat(admission.tryAcquire()).isPresent();
  }

  private static WorkerSettings slots(int concurrency) {
    return new WorkerSettings(
        "tasks",
        concurrency,
        Duration.ofSeconds(1),
        Duration.ZERO,
        OptionalInt.empty(),
        new DiskFloor(0, List.of()));
  }
}
