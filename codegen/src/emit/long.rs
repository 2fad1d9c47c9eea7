//! An action in, what makes its answer a page or its job one to wait for out.

use proc_macro2::TokenStream;
use quote::quote;
use yunqiao_model::api::{HandlePlace, PageStyle, PageUnit, Pagination, Type, Waiter};

use crate::emit::{ident, rust_type};
use crate::names::{NamedAction, NamedField, NamedFields, NamedService};

/// Implementations that stand behind the types of an action.
pub(super) fn items(service: &NamedService<'_>, item: &NamedAction<'_>) -> Vec<TokenStream> {
    let action = item.action;
    // A streamed answer comes as events, which have no pages.
    let paged = action.pagination.as_ref().filter(|_| !action.streaming);
    let paged = paged.and_then(|pagination| paged_answer(service, item, pagination));
    let job = action.waiter.as_ref();
    let job = job.and_then(|waiter| job_of(service, item, waiter));
    paged.into_iter().chain(job).collect()
}

/// Whether another action waits by calling this one, and has to reach its constant.
pub(super) fn is_polled(service: &NamedService<'_>, name: &str) -> bool {
    let mut waiters = service
        .actions
        .iter()
        .filter_map(|item| item.action.waiter.as_ref());
    waiters.any(|waiter| waiter.poll == name)
}

/// Whether some action starts a job.
pub(crate) fn has_jobs(service: &NamedService<'_>) -> bool {
    service
        .actions
        .iter()
        .any(|item| item.action.waiter.is_some())
}

/// The methods of a client that has jobs to wait for; `config` is where its configuration is.
pub(super) fn waits(config: &TokenStream) -> TokenStream {
    quote! {
        /// Waits for the end of a job: `started` is the answer that names it (or the request, where the documentation of the
        /// action says so), `request` asks for its state. A handle that the request has already is kept.
        #[inline]
        pub fn wait_for<J: ::yunqiao_runtime::Job>(&self, started: &J, request: J::Poll) -> ::yunqiao_runtime::Wait<J::Answer> {
            ::yunqiao_runtime::Wait::of(#config, started, request)
        }

        /// Waits for several jobs whose state can be asked for only one by one: a wait for each, in their order.
        #[inline]
        pub fn wait_for_each<J: ::yunqiao_runtime::Job>(&self, started: &J, request: J::Poll) -> ::std::vec::Vec<::yunqiao_runtime::Wait<J::Answer>> {
            ::yunqiao_runtime::Wait::each_of(#config, started, request)
        }
    }
}

/// The list on the path of a page's items, and its fields from the answer on.
pub(crate) fn page_items<'a>(
    service: &'a NamedService<'_>,
    item: &'a NamedAction<'_>,
    pagination: &Pagination,
) -> Option<(Vec<&'a NamedField<'a>>, &'a Type)> {
    let mut body: Option<&NamedFields<'_>> = Some(&item.response);
    let mut way = Vec::new();
    for name in pagination.items.split('.') {
        let field = body?.fields.iter().find(|field| field.field.name == name)?;
        body = field.field.ty.struct_name().and_then(|inner| {
            let inner = service.structs.iter().find(|item| item.item.name == inner);
            inner.map(|item| &item.body)
        });
        way.push(field);
    }
    match &way.last()?.field.ty {
        Type::List(inner) => Some((way, &**inner)),
        _ => None,
    }
}

fn paged_answer(
    service: &NamedService<'_>,
    item: &NamedAction<'_>,
    pagination: &Pagination,
) -> Option<TokenStream> {
    let (way, of) = page_items(service, item, pagination)?;
    let style = ident(match (pagination.style, pagination.unit) {
        (PageStyle::Offset, PageUnit::Row) => "Rows",
        (PageStyle::Offset, PageUnit::Page) => "SkippedPages",
        (PageStyle::Page, _) => "PageNumber",
        (PageStyle::Cursor, _) => "Cursor",
    });
    let (input, items) = (&pagination.input, &pagination.items);
    let mut paging = quote!(::yunqiao_runtime::Paging::new(::yunqiao_runtime::PageStyle::#style, #input, #items));
    let more = [
        ("size", &pagination.size),
        ("total", &pagination.total),
        ("next", &pagination.next),
    ];
    for (name, path) in more {
        if let Some(path) = path {
            let name = ident(name);
            paging.extend(quote!(.#name(#path)));
        }
    }
    let (response, of) = (ident(&item.response.rust), rust_type::tokens(service, of));
    let names: Vec<_> = way.iter().map(|field| ident(&field.rust)).collect();
    let value = match names.as_slice() {
        [only] => quote!(self.#only),
        [first, between @ .., last] => {
            let between = between
                .iter()
                .map(|name| quote!(.and_then(|outer| outer.#name)));
            quote!(self.#first #(#between)*.map(|outer| outer.#last).unwrap_or_default())
        }
        [] => return None,
    };
    Some(quote! {
        impl ::yunqiao_runtime::Paged for #response {
            type Item = #of;

            #[inline]
            fn paging() -> &'static ::yunqiao_runtime::Paging {
                static PAGING: ::yunqiao_runtime::Paging = #paging;
                &PAGING
            }

            #[inline]
            fn into_items(self) -> ::std::vec::Vec<Self::Item> {
                #value
            }
        }
    })
}

/// What names the job, what asks for it, and what tells its end: Rust names of three types.
pub(crate) fn job_types<'a>(
    service: &'a NamedService<'_>,
    item: &'a NamedAction<'_>,
    waiter: &Waiter,
) -> Option<(&'a str, &'a NamedAction<'a>)> {
    let poll = service
        .actions
        .iter()
        .find(|poll| poll.action.name == waiter.poll)?;
    let started = match waiter.handle_in {
        HandlePlace::Answer => &item.response.rust,
        HandlePlace::Request => &item.request.rust,
    };
    Some((started, poll))
}

fn job_of(
    service: &NamedService<'_>,
    item: &NamedAction<'_>,
    waiter: &Waiter,
) -> Option<TokenStream> {
    let (started, poll) = job_types(service, item, waiter)?;
    let started = ident(started);
    let (request, answer) = (
        rust_type::path(service, &poll.request.rust),
        rust_type::path(service, &poll.response.rust),
    );
    let (actions, module) = (rust_type::path(service, "actions"), ident(&poll.module));
    let texts = |states: &[serde_json::Value]| -> Vec<String> {
        let text = |state: &serde_json::Value| match state.as_str() {
            Some(text) => text.to_owned(),
            None => state.to_string(),
        };
        states.iter().map(text).collect()
    };
    let (handle, input, state) = (&waiter.handle, &waiter.poll_input, &waiter.state);
    let (success, failure) = (texts(&waiter.success), texts(&waiter.failure));
    let failure = if failure.is_empty() {
        TokenStream::new()
    } else {
        quote!(.failure(&[#(#failure),*]))
    };
    Some(quote! {
        impl ::yunqiao_runtime::Job for #started {
            type Poll = #request;
            type Answer = #answer;

            #[inline]
            fn waiter() -> &'static ::yunqiao_runtime::Waiter {
                static WAITER: ::yunqiao_runtime::Waiter = ::yunqiao_runtime::Waiter::new(
                    &#actions::#module::ACTION, #handle, #input, #state, &[#(#success),*],
                ) #failure;
                &WAITER
            }
        }
    })
}
