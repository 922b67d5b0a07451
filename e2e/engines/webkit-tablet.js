#!/usr/bin/env -S gjs -m
// A window of WebKitGTK that WebKitWebDriver drives and that keeps its profile on disk, as a tablet does: the MiniBrowser forgets everything
// when it is driven. Run by gjs; `PARVIS_PROFILE` names the folder. Scripts put into the folder `PARVIS_MAILBOX` are run in the page, driver or not.
import Gtk from 'gi://Gtk?version=3.0';
import GLib from 'gi://GLib';
import WebKit from 'gi://WebKit2?version=4.1';

Gtk.init(null);

const folder = GLib.getenv('PARVIS_PROFILE');
const context = new WebKit.WebContext({
  website_data_manager: new WebKit.WebsiteDataManager({
    base_data_directory: `${folder}/data`,
    base_cache_directory: `${folder}/cache`,
  }),
});
context.set_automation_allowed(true);

const window = new Gtk.Window({ default_width: 1280, default_height: 800, decorated: false });
const view = new WebKit.WebView({ web_context: context, is_controlled_by_automation: true });
window.add(view);
window.show_all();

context.connect('automation-started', (_, session) => {
  const info = new WebKit.ApplicationInfo();
  info.set_name('parvis-tablet');
  info.set_version(WebKit.get_major_version(), WebKit.get_minor_version(), WebKit.get_micro_version());
  session.set_application_info(info);
  session.connect('create-web-view', () => view);
});
const mailbox = GLib.getenv('PARVIS_MAILBOX');
let next = 1;
GLib.timeout_add(GLib.PRIORITY_DEFAULT, 20, () => {
  const ask = `${mailbox}/ask-${next}`;
  if (!GLib.file_test(ask, GLib.FileTest.EXISTS)) return GLib.SOURCE_CONTINUE;
  const told = `${mailbox}/told-${next}`;
  next += 1;
  const script = new TextDecoder().decode(GLib.file_get_contents(ask)[1]);
  GLib.unlink(ask);
  view.call_async_javascript_function(script, -1, null, null, null, null, (_, result) => {
    const answer = {};
    try {
      const found = view.call_async_javascript_function_finish(result);
      if (found.is_string()) answer.json = found.to_string();
    } catch (fault) {
      answer.fault = fault.message;
    }
    // Written aside and moved: it is there whole or not at all.
    GLib.file_set_contents(told, JSON.stringify(answer));
  });
  return GLib.SOURCE_CONTINUE;
});
window.connect('destroy', () => Gtk.main_quit());
Gtk.main();
