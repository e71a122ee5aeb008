# The scripts in this folder source this file. Each script runs in its own folder, which stays between tasks.
# The benchmark sets URL, BASE, BRANCH, FILE and TEXT of the task, PLACE, the number of the task among those
# that run at the same time, and MARKS, the file to which the script writes times.
set -eu

# mark STAGE begins a stage. The time before the first mark does not count: there the script removes the
# previous task's tree.
mark() { echo "$1 $EPOCHREALTIME" >>"$MARKS"; }

# Makes, tests, commits and pushes the change. The working directory must be the task's tree.
change_test_commit_push() {
  mark develop
  printf %s "$TEXT" >"$FILE"
  mark test
  sh -c true
  mark commit
  git add -A
  git commit -q -m "Write a file"
  mark push
  git push -q origin "HEAD:refs/heads/$BRANCH"
  mark end
}
