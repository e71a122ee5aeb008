# Keeps one mirror, and makes a working tree for every task. Tasks that run at the same time take turns
# at using the mirror.
. "${BASH_SOURCE%/*}/common.sh"
tree=$PWD/tree-$PLACE
[ ! -d "$tree" ] || git -C mirror worktree remove --force "$tree"
mark clone
exec 9>lock
flock 9
[ -d mirror ] || git clone -q --bare "$URL" mirror
git -C mirror fetch -q origin "+refs/heads/$BASE:refs/heads/$BASE"
git -C mirror worktree add -q -b "$BRANCH" "$tree" "$BASE"
exec 9>&-
cd "$tree"
change_test_commit_push
