// A table of people as an HR system exports it: made-up names, a tree of managers, teams of eight, a few who are away, come or go. The same count gives the same bytes.
import fs from 'node:fs';

const first = ['Ada', 'Amara', 'Baptiste', 'Chidi', 'Dakota', 'Elif', 'Farid', 'Grzegorz', 'Héloïse', 'Ifeoma', 'Jörg', 'Kavya', 'Lucía', 'Min-jun', 'Noor', 'Olu', 'Piet', 'Ravi', 'Sinéad', 'Tomás', 'Wanjiru', 'Yuki', 'Zoë'];
const last = ['Adeyemi', 'Brandt', 'Çelik', 'Đorđević', 'Haddad', 'Keïta', 'Lindqvist', "O'Rourke", 'Müller-Şahin', 'Nguyễn', 'Obradović', 'Petrov', 'Ruiz', 'Silva', 'van der Laan', 'Wójcik', 'Zorn'];
const titles = ['Graduate Engineer', 'Junior Software Engineer', 'Software Engineer', 'Software Engineer', 'Sr. Backend Developer', 'Senior Software Engineer', 'Staff Engineer', 'Engineering Manager', 'Data Wizard'];

const header = 'remote_id,employee_number,display_full_name,work_email,manager_id,job_title,department,groups,start_date,termination_date,employment_status,fte,country,date_of_birth,base_salary,iban,notes\n';

function row(i) {
  const name = `${first[i % first.length]} ${last[(i * 7) % last.length]}`;
  const manager = i === 0 ? '' : `r-${Math.floor((i - 1) / 8)}`;
  const year = 2010 + ((i * 31) % 16);
  const start = `${year}-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`;
  const status = i % 50 === 7 ? 'ON_LEAVE' : 'ACTIVE';
  const notes = i % 9 === 0 ? '"two lines,\nwith a ""quote"""' : '';
  return `r-${i},${100000 + i},${name},person.${i}@example.org,${manager},${titles[i % titles.length]},Part ${Math.floor(i / 400)},Team ${Math.floor(i / 8)},${start},,${status},${i % 10 === 3 ? '0.8' : '1.0'},DE,1980-01-01,50000,DE00 0000 0000 0000,${notes}\n`;
}

/** Writes it to `path`; with `bytes` as many rows as it takes, else `count`. Gives back how many. */
export function peopleTable(path, {count, bytes}) {
  const file = fs.openSync(path, 'w');
  let text = header;
  let written = 0;
  let i = 0;
  for (; bytes === undefined ? i < count : written < bytes; ++i) {
    text += row(i);
    if (text.length > 1 << 20) {
      written += fs.writeSync(file, text);
      text = '';
    }
  }
  fs.writeSync(file, text);
  fs.closeSync(file);
  return i;
}
