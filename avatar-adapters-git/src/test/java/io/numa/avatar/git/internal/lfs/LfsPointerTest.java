package io.numa.avatar.git.internal.lfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LfsPointerTest {
  private static final String OID = "0123456789abcdef".repeat(4);
  private static final String TEXT =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + OID + "\nsize 12\n";

  @Test
  void readsWhatItWrites() {
    var pointer = new LfsPointer(OID, 12);

    assertThat(pointer.blob()).asString(US_ASCII).isEqualTo(TEXT);
    assertThat(PointerText.of(pointer.blob())).isEqualTo(new PointerText.Pointer(pointer));
  }
}
