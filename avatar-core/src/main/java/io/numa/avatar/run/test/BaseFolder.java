package io.numa.avatar.run.test;

import io.numa.avatar.port.repository.BaseCommit;
import io.numa.avatar.task.StageFailedException;
import java.io.IOException;
import java.nio.file.Path;

/** The base commit's files in a folder of their own. */
public interface BaseFolder {
  BaseCommit commit();

  /**
   * Writes the files, and runs the base commit's setup.
   *
   * @throws StageFailedException if the setup fails or takes too long
   */
  Path ready() throws StageFailedException, IOException, InterruptedException;
}
