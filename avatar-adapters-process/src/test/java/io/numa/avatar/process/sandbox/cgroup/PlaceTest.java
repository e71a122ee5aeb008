package io.numa.avatar.process.sandbox.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {
  @ParameterizedTest
  @CsvSource({
    "'0::/a.slice/b.service', '30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 c rw',"
        + " /sys/fs/cgroup/a.slice/b.service",
    "'0::/', '30 23 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw', /sys/fs/cgroup",
    "'0::/box/a', '30 23 0:26 /box /sys/fs/cgroup rw - cgroup2 cgroup rw', /sys/fs/cgroup/a",
    "'9:name=systemd:/x\n0::/a', '30 23 0:26 / /with\\040space rw - cgroup2 cgroup rw',"
        + " '/with space/a'",
    "'0::/other/a', '30 23 0:26 /box /sys/fs/cgroup rw - cgroup2 cgroup rw',",
    "'0::/../a', '30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup rw',",
    "'0::/a', '30 23 0:26 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids',",
    "'9:pids:/a', '30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup rw',",
    "'0::/a', '- cgroup2',",
    "'', '',",
  })
  void findsTheFolderOfTheOwnGroup(String groups, String mounts, Path folder) {
    assertThat(Place.of(groups, mounts).map(Place::folder)).isEqualTo(Optional.ofNullable(folder));
  }
}
