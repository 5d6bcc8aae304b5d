//! Two buckets for every limit on one user: browsers that got in before, and everybody else. What a
//! stranger does is counted apart, so that it never keeps the user out.

/// The side of a limit that something counts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bucket {
    /// A browser that proved an earlier success of this user.
    Known,
    /// Everybody else.
    Strangers,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Buckets<T> {
    pub known: T,
    pub strangers: T,
}

impl<T> Buckets<T> {
    pub const fn of(&self, bucket: Bucket) -> &T {
        match bucket {
            Bucket::Known => &self.known,
            Bucket::Strangers => &self.strangers,
        }
    }

    pub const fn of_mut(&mut self, bucket: Bucket) -> &mut T {
        match bucket {
            Bucket::Known => &mut self.known,
            Bucket::Strangers => &mut self.strangers,
        }
    }
}
