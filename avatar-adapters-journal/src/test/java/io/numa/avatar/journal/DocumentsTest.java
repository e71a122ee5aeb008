package io.numa.avatar.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.WorkSummary;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  @Test
  void readsWhatWasWrittenWithEverythingEmpty() throws Exception {
    var written = Documents.write(Updates.begun(7));

    assertThat(Documents.read(StatusUpdate.class, written)).isEqualTo(Updates.begun(7));
  }

  @Test
  void keepsTheFractionsOfTimes() throws Exception {
    var lease = new Lease(Duration.ofSeconds(1, 1), Optional.of("\ud83d\0\u2028"));

    var written = Documents.write(lease);

    assertThat(written)
        .isEqualTo("{\"duration\":\"PT1.000000001S\",\"epoch\":\"\\uD83D\\u0000\\u2028\"}");
    assertThat(Documents.read(Lease.class, written)).isEqualTo(lease);
  }

  @Test
  void readsADocumentThatLacksWhatWasAddedLater() throws Exception {
    var work = Documents.read(WorkSummary.class, "{}");

    assertThat(work).isEqualTo(WorkSummary.NOTHING_YET);
  }

  @Test
  void passesOverWhatItDoesNotKnow() throws Exception {
    var work = Documents.read(WorkSummary.class, "{\"mood\":{\"good\":[true]}}");

    assertThat(work).isEqualTo(WorkSummary.NOTHING_YET);
  }

  @Test
  void refusesADocumentThatLacksWhatWasAlwaysThere() throws Exception {
    var whole = Documents.write(Updates.begun(7));

    for (String member :
        new String[] {
          "\"sequence\":7,",
          "\"state\":\"IN_PROGRESS\",",
          "\"message\":\"\",",
          "\"startedAt\":\"2026-01-02T03:04:05.000000006Z\","
        }) {
      var lacking = whole.replace(member, "");
      assertThat(lacking).isNotEqualTo(whole);
      assertThatExceptionOfType(JsonProcessingException.class)
          .isThrownBy(() -> Documents.read(StatusUpdate.class, lacking));
    }
  }

  @Test
  void writesNothingOfNothing() throws Exception {
    assertThat(Documents.write(Optional.empty())).isNull();
    assertThat(Documents.readOptional(Lease.class, null)).isEmpty();
  }
}
