package io.numa.avatar.archfixtures.avatar.port;

import io.numa.avatar.archfixtures.avatar.run.ReachesForALibrary;

/** Breaks: values and ports know no pipeline. */
interface KnowsThePipeline {
  void use(ReachesForALibrary pipeline);
}
